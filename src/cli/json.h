/* Results as one JSON object on standard output. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <jansson.h>
#include <softmax.h>

/* A number; null for what JSON has no number for. */
json_t *cli_json_number(double value);

/* A text. JSON is UTF-8, names of files need not be: then "?" stands for each byte beyond ASCII. */
json_t *cli_json_text(const char *text);

/* A command line, a text for each word. words: as a command gets them, the first being its full
 * name. */
json_t *cli_json_command(char **words, int count);

/* {"loss", "accuracy", "rows"} */
json_t *cli_json_metrics(const sm_metrics *metrics);

/* {"height", "width", "channels", "resize"}; null for data that are no pictures. */
json_t *cli_json_image(const sm_shape *shape);

/* Prints the object on one line and frees it. NULL: there was not the memory. Returns the exit
 * status. */
int cli_json_print(json_t *object);

#endif
