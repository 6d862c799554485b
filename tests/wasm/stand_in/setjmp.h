/* WebAssembly has no long jumps, and the stand-in for cmocka makes none. */
