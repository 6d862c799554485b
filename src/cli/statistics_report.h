/* Statistics of a model for people and programs: softmax inspect MODEL --statistics DATA. */
#ifndef CLI_STATISTICS_REPORT_H
#define CLI_STATISTICS_REPORT_H

#include <softmax.h>

typedef struct cli_statistics_request {
    const char *model_name; /* what the user called them */
    const char *data_name;
    const char *base; /* the base class; NULL: the first */
    double confidence;
    bool json;
} cli_statistics_request;

/* Computes and prints them. Returns the exit status. */
int cli_report_statistics(const cli_statistics_request *request, const sm_model *model,
                          const sm_dataset *train);

#endif
