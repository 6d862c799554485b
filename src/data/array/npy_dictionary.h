/* The text of an NPY header: a Python dictionary of exactly three entries, of which no more is
 * understood than NumPy writes. */
#ifndef SMI_DATA_ARRAY_NPY_DICTIONARY_H
#define SMI_DATA_ARRAY_NPY_DICTIONARY_H

#include "data/array/npy.h"

/* text … text + length − 1, which lies at byte `offset` of its file. Sets all of *array but the
 * number of elements. */
sm_status smi_npy_parse_dictionary(const char *name, const char *text, size_t length, size_t offset,
                                   smi_npy *array);

#endif
