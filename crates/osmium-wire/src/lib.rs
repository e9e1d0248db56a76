//! Protobuf to model and back, for a viewer.
