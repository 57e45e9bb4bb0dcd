//! One file a question: plain data in, plain data out.
