/* Which features a table's columns become, by the user's word. */
#ifndef SMI_DATA_TABLE_CHOOSE_FEATURES_H
#define SMI_DATA_TABLE_CHOOSE_FEATURES_H

#include <softmax.h>

#include "data/table/column_names.h"
#include "data/table/schema.h"

/* Adds the features, which have still to learn, to a schema that has none yet but knows its label
 * and weight, and has room for one a column and one for each of the options. */
sm_status smi_features_choose(const smi_column_names *index, const sm_open_options *options,
                              smi_schema *schema);

#endif
