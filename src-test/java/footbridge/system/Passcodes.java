package footbridge.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/// Users of a gateway's realm, with hashed passcodes as the README says how to make them.
final class Passcodes {

    private Passcodes() {}

    /// The settings for a user.
    ///
    /// @param roles separated by commas
    static Map<String, String> of(String user, String passcode, String roles) throws Exception {
        return Map.of(
                "quarkus.security.users.embedded.users." + user,
                hash(user, passcode),
                "quarkus.security.users.embedded.roles." + user,
                roles);
    }

    /// What `printf 'USER:footbridge:PASSCODE' | sha512sum` prints.
    private static String hash(String user, String passcode) throws GeneralSecurityException {
        byte[] octets = (user + ":footbridge:" + passcode).getBytes(UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(octets));
    }
}
