package footbridge.access;

import java.util.Comparator;

/// One entry of an `allow` list: whom it lets in.
public sealed interface Admission {

    /// From the most general to the most special, and then by what they say.
    Comparator<Admission> ORDER =
            Comparator.comparingInt(Admission::rank).thenComparing(Admission::toString);

    boolean admits(Identity identity);

    /// In words, as in `the role 'trader'`.
    String words();

    private static int rank(Admission admission) {
        return switch (admission) {
            case Anyone _ -> 0;
            case LoggedIn _ -> 1;
            case Role _ -> 2;
            case Claim _ -> 3;
            case User _ -> 4;
        };
    }

    /// `anonymous`: every client whatsoever.
    record Anyone() implements Admission {

        public static final String WORD = "anonymous";

        @Override
        public boolean admits(Identity identity) {
            return true;
        }

        @Override
        public String words() {
            return "every client";
        }
    }

    /// `authenticated`: every client that has proved who it is.
    record LoggedIn() implements Admission {

        public static final String WORD = "authenticated";

        @Override
        public boolean admits(Identity identity) {
            return !identity.anonymous();
        }

        @Override
        public String words() {
            return "every client that has logged in";
        }
    }

    /// `trader` or `role:trader`.
    record Role(String name) implements Admission {

        @Override
        public boolean admits(Identity identity) {
            return !identity.anonymous() && identity.roles().contains(name);
        }

        @Override
        public String words() {
            return "the role '%s'".formatted(name);
        }
    }

    /// `claim:tenant=acme`.
    record Claim(String name, String value) implements Admission {

        @Override
        public boolean admits(Identity identity) {
            return !identity.anonymous() && value.equals(identity.claims().get(name));
        }

        @Override
        public String words() {
            return "the claim '%s=%s'".formatted(name, value);
        }
    }

    /// `user:ann`.
    record User(String name) implements Admission {

        @Override
        public boolean admits(Identity identity) {
            return !identity.anonymous() && identity.name().equals(name);
        }

        @Override
        public String words() {
            return "the user '%s'".formatted(name);
        }
    }
}
