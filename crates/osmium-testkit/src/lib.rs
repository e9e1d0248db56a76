//! Whole servers in a test, and the contract suites that every adapter passes.
