/* All commands, in the order in which help lists them. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/option.h"

typedef struct cli_command {
    const cli_syntax *syntax;
    int (*run)(int argument_count, char **arguments); /* argument 0: the command's full name */
} cli_command;

extern const cli_syntax cli_train_syntax;
extern const cli_syntax cli_tune_syntax;
extern const cli_syntax cli_evaluate_syntax;
extern const cli_syntax cli_calibrate_syntax;
extern const cli_syntax cli_predict_syntax;
extern const cli_syntax cli_inspect_syntax;
extern const cli_syntax cli_lab_syntax;
extern const cli_syntax cli_report_syntax;
extern const cli_syntax cli_plot_calibration_syntax;
extern const cli_syntax cli_plot_confusion_syntax;
extern const cli_syntax cli_plot_curves_syntax;
extern const cli_syntax cli_plot_images_syntax;
extern const cli_syntax cli_plot_predictions_syntax;
extern const cli_syntax cli_plot_regions_syntax;
extern const cli_syntax cli_plot_softmax_syntax;
extern const cli_syntax cli_plot_weights_syntax;
extern const cli_syntax cli_data_convert_syntax;
extern const cli_syntax cli_data_fetch_syntax;
extern const cli_syntax cli_data_info_syntax;
extern const cli_syntax cli_data_make_syntax;
extern const cli_syntax cli_data_split_syntax;

int cli_train(int argument_count, char **arguments);
int cli_tune(int argument_count, char **arguments);
int cli_evaluate(int argument_count, char **arguments);
int cli_calibrate(int argument_count, char **arguments);
int cli_predict(int argument_count, char **arguments);
int cli_inspect(int argument_count, char **arguments);
int cli_lab(int argument_count, char **arguments);
int cli_report_command(int argument_count, char **arguments);
int cli_plot_calibration(int argument_count, char **arguments);
int cli_plot_confusion(int argument_count, char **arguments);
int cli_plot_curves(int argument_count, char **arguments);
int cli_plot_images(int argument_count, char **arguments);
int cli_plot_predictions(int argument_count, char **arguments);
int cli_plot_regions(int argument_count, char **arguments);
int cli_plot_softmax(int argument_count, char **arguments);
int cli_plot_weights(int argument_count, char **arguments);
int cli_data_convert(int argument_count, char **arguments);
int cli_data_fetch(int argument_count, char **arguments);
int cli_data_info(int argument_count, char **arguments);
int cli_data_make(int argument_count, char **arguments);
int cli_data_split(int argument_count, char **arguments);

enum { CLI_COMMANDS = 21 };
extern const cli_command cli_commands[CLI_COMMANDS];

#endif
