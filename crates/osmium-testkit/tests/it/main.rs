//! Every method over the protocol, in a folder a package and a file a method.

mod messages;
