A build without the lab says so.
@needs SOFTMAX_HAS_NO_LAB

    $ softmax lab
    ! softmax: this softmax was built without the lab; cmake -D SOFTMAX_LAB=ON builds it with the lab, or says what that takes
    = 1
