/* Somebody else's program, with nothing of this project but what is installed. */
#include <softmax.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const float x[] = {0.0F, 0.1F, 1.0F, 1.1F};
    const int32_t labels[] = {0, 0, 1, 1};
    const float question = 0.9F;
    float probabilities[2];
    sm_dataset *data = NULL;
    sm_model *model = NULL;
    /* a file that is not there, so that the readers, and what they need, are linked too */
    if (strcmp(sm_version(), SM_VERSION_STRING) != 0 ||
        sm_dataset_open("./missing.png", &data) != SM_ERROR_IO ||
        sm_dataset_borrow_f32(x, 4, 1, labels, 2, &data) != SM_OK ||
        sm_model_create(sm_dataset_shape(data), &model) != SM_OK ||
        sm_train(model, data, NULL, NULL, NULL) != SM_OK ||
        sm_predict_f32(model, &question, 1, SM_PROBABILITIES, probabilities) != SM_OK) {
        (void)fprintf(stderr, "%s\n", sm_error_message());
        return 1;
    }
    printf("%s: class 1 with %.3f\n", sm_version(), (double)probabilities[1]);
    sm_model_free(model);
    sm_dataset_free(data);
    return probabilities[1] > 0.9F ? 0 : 1;
}
