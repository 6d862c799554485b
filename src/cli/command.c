#include "command.h"

const cli_command cli_commands[CLI_COMMANDS] = {
    {&cli_train_syntax, cli_train},
    {&cli_tune_syntax, cli_tune},
    {&cli_evaluate_syntax, cli_evaluate},
    {&cli_calibrate_syntax, cli_calibrate},
    {&cli_predict_syntax, cli_predict},
    {&cli_inspect_syntax, cli_inspect},
    {&cli_lab_syntax, cli_lab},
    {&cli_plot_calibration_syntax, cli_plot_calibration},
    {&cli_plot_confusion_syntax, cli_plot_confusion},
    {&cli_plot_curves_syntax, cli_plot_curves},
    {&cli_plot_images_syntax, cli_plot_images},
    {&cli_plot_predictions_syntax, cli_plot_predictions},
    {&cli_plot_regions_syntax, cli_plot_regions},
    {&cli_plot_softmax_syntax, cli_plot_softmax},
    {&cli_plot_weights_syntax, cli_plot_weights},
    {&cli_data_convert_syntax, cli_data_convert},
    {&cli_data_fetch_syntax, cli_data_fetch},
    {&cli_data_info_syntax, cli_data_info},
    {&cli_data_make_syntax, cli_data_make},
    {&cli_data_split_syntax, cli_data_split},
};
