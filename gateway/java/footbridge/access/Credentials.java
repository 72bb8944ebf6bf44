package footbridge.access;

/// What a CONNECT frame says of its sender: the `login` and `passcode` headers. Never logged.
public record Credentials(String login, String passcode) {

    @Override
    public String toString() {
        return "Credentials[login=" + login + ", passcode=***]";
    }
}
