package footbridge.mapping;

/// A piece of a template.
sealed interface Part {

    /// Text that stands for itself.
    record Literal(String text) implements Part {}

    /// `{name}`: what the client wrote there in its destination.
    record Variable(String name) implements Part {

        @Override
        public String toString() {
            return "{" + name + "}";
        }
    }

    /// `{$user}`: the name of the client's identity.
    record User() implements Part {

        static final String NAME = "$user";

        @Override
        public String toString() {
            return "{" + NAME + "}";
        }
    }
}
