# What is left out where it takes many times as long and would see nothing new. A test that is not
# named here runs in every configuration.

# ThreadSanitizer looks at threads. These tests start none: they are linked so that the first would
# end them (support/one_thread.c).
set(WITHOUT_THREADS
    test_activate test_block_loss test_charts test_choose test_class_weight test_cross_entropy test_csv_save
    test_cursor test_curvature test_dataset test_decimal test_distribution test_dropout
    test_elementwise test_evaluate test_folder test_folds test_gd
    test_generator test_gradient test_hostile_container test_hostile_description
    test_hostile_scaling test_html test_idx test_idx_files test_idx_save test_l1 test_labels test_lack_of_memory
    test_large_pages test_layers test_lbfgs test_line_search test_logits test_loss test_marked
    test_memory test_memory_limit test_model test_model_file test_names test_network
    test_network_file test_newton_cg test_npy test_npz test_number test_number_text test_output test_pack
    test_patience test_png test_portable_math test_predict test_processor test_proximal_model
    test_quantiles test_random test_resize test_schedule test_schema test_sgd test_softmax_math
    test_sparse test_sparse_dataset test_sparse_product test_split test_spool test_sqlite test_stream
    test_term_counts test_text_terms test_text_weights test_train_options test_update_rules
    test_vocabulary test_weights)
# And these runs of the program, which read and refuse, in one thread but for a training or two; or
# train on the threads that it has for training, over and over, as others do once (golden_network,
# golden_loss, golden_resume, golden_interrupt and more); or leave to gnuplot what golden_plot_images,
# golden_plot_regions and others have looked at. Kills at random moments are about files.
list(APPEND WITHOUT_THREADS
    golden_bad_idx golden_bad_model golden_bad_options golden_documents golden_help golden_live
    golden_plot_names golden_plot_pictures golden_train golden_tune killed_training)

# An emulator shows what another processor computes. Here that is what these tests are not about: what
# is done when there is no memory, where training goes on, which minimum it comes to with L1, how
# well it learns from many rows, whether rows that pass become the same file as rows that are held,
# how bytes are kept in a file, and whether solvers do the same on any number of threads: they call
# an objective, which test_network_threads evaluates on all its paths. Objectives, their derivatives
# and the solvers' own tests run in all configurations, and so do the tests of each reader and writer.
set(NOT_IN_AN_EMULATOR
    test_checkpoint test_l1 test_lack_of_memory test_mnist test_network_solvers_all_rows
    test_network_solvers_minibatch test_network_solvers_newton_cg test_rows test_spool test_wide_l1)
