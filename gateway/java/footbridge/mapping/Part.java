package footbridge.mapping;

/// A piece of a template.
public sealed interface Part {

    /// Text that stands for itself.
    record Literal(String text) implements Part {}

    /// What the client chooses by what it writes in its destination.
    sealed interface Chosen extends Part {

        /// What stands between the braces; no two of one destination have the same.
        String key();
    }

    /// `{name}`: what the client wrote there in its destination.
    record Variable(String name) implements Chosen {

        @Override
        public String key() {
            return name;
        }

        @Override
        public String toString() {
            return "{" + name + "}";
        }
    }

    /// `{name...}`: all that the client wrote from there on, one segment or more.
    record Rest(String name) implements Chosen {

        static final String DOTS = "...";

        @Override
        public String key() {
            return name + DOTS;
        }

        @Override
        public String toString() {
            return "{" + key() + "}";
        }
    }

    /// What is known of the client, and not chosen by it.
    sealed interface Personal extends Part {

        /// What stands between the braces.
        String key();
    }

    /// `{$user}`: the name of the client's identity.
    record User() implements Personal {

        static final String NAME = "$user";

        @Override
        public String key() {
            return NAME;
        }

        @Override
        public String toString() {
            return "{" + NAME + "}";
        }
    }

    /// `{$claim.name}`: a claim of the client's identity.
    record Claim(String name) implements Personal {

        static final String PREFIX = "$claim.";

        @Override
        public String key() {
            return PREFIX + name;
        }

        @Override
        public String toString() {
            return "{" + key() + "}";
        }
    }
}
