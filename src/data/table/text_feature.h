/* Texts: a column of x for each term, or for each hash of terms. */
#ifndef SMI_DATA_TABLE_TEXT_FEATURE_H
#define SMI_DATA_TABLE_TEXT_FEATURE_H

#include "data/table/feature.h"

/* Says of a feature of this kind, before it learns, how texts become terms and terms numbers. Fails
 * with SM_ERROR_ARGUMENT naming the option that is out of range. */
sm_status smi_text_prepare(smi_feature *feature, const sm_text_options *options);

#endif
