/* Time that only moves forward. */
#ifndef SMI_SYS_CLOCK_H
#define SMI_SYS_CLOCK_H

/* Seconds since some moment in the past. */
double smi_clock_seconds(void);

#endif
