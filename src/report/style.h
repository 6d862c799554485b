/* style.css. */
#ifndef SMI_REPORT_STYLE_H
#define SMI_REPORT_STYLE_H

extern const char smi_report_style[];

#endif
