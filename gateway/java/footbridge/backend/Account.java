package footbridge.backend;

/// A client's own account at a broker: what it has proved itself with, or what stands for that.
/// Never logged, and kept no longer than the client's connection.
///
/// @param password may be a token, where the client has brought one
public record Account(String user, String password) {

    @Override
    public String toString() {
        return "Account[user=" + user + ", password=***]";
    }
}
