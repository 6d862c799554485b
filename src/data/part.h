/* The parts that data can have. */
#ifndef SMI_DATA_PART_H
#define SMI_DATA_PART_H

typedef enum smi_part { SMI_PART_TRAIN, SMI_PART_TEST } smi_part;

#endif
