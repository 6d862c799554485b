#include "trained_model.h"

#include "support/cmocka_all.h"

sm_model *trained_model(const sm_shape shape, const sm_dataset *const data, const double l2)
{
    sm_model *model = NULL;
    sm_train_options options = sm_train_options_default();
    options.l2 = l2;
    options.tolerance = 1e-6;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(sm_train(model, data, NULL, &options, NULL), SM_OK);
    return model;
}
