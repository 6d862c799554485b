/* The dense layers of a model, and where their parameters lie. */
#ifndef SMI_MODEL_LAYERS_H
#define SMI_MODEL_LAYERS_H

#include <softmax.h>

/* Hidden layers and the output layer; more are refused. */
enum { SMI_MOST_LAYERS = 1000, SMI_LAYER_NAME_SIZE = 32 };

typedef struct smi_layer {
    char name[SMI_LAYER_NAME_SIZE]; /* "dense_0", …, in the order in which data goes through */
    size_t inputs;
    size_t outputs;
    sm_activation activation; /* SM_LINEAR for the output layer */
    double dropout;           /* of its outputs; 0 for the output layer */
    size_t kernel;            /* where in the parameters: inputs × outputs, row-major */
    size_t bias;              /* likewise: outputs */
} smi_layer;

/* Writes "dense_<index>"; name: SMI_LAYER_NAME_SIZE. */
void smi_layer_name(size_t index, char *name);

/* The activation of that name; false: there is none. */
bool smi_activation_named(const char *name, sm_activation *activation);

/* All names, for messages: "linear, relu, …". */
const char *smi_activation_list(void);

/* Whether a hidden layer may be so. */
sm_status smi_layer_check(const sm_layer *layer);

/* Lays out `hidden_count` hidden layers, which have been checked, and the output layer: all kernels
 * first, then all biases. layers: hidden_count + 1, freed by smi_free(). parameter_count: of all of
 * them. */
sm_status smi_layers_create(const sm_shape *shape, const sm_layer *hidden, size_t hidden_count,
                            smi_layer **layers, size_t *parameter_count);

/* The parameters of layers that are too many for the machine, or for a size_t. */
double smi_layers_parameters(const smi_layer *layers, size_t count);

#endif
