package footbridge.app.realm;

import java.security.GeneralSecurityException;
import java.security.spec.InvalidKeySpecException;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.PasswordFactory;
import org.wildfly.security.password.WildFlyElytronPasswordProvider;
import org.wildfly.security.password.util.ModularCrypt;

/// Hashes of passcodes as `htpasswd -B`, `mkpasswd` and most frameworks write them: `$2y$...`
/// (bcrypt), `$5$...` and `$6$...` (SHA-crypt).
final class Hashes {

    private Hashes() {}

    /// Whether `passcode` has that hash. Takes as long as the hash wants it to.
    ///
    /// @throws GeneralSecurityException if it is no such hash
    static boolean match(String hash, char[] passcode) throws GeneralSecurityException {
        if (!hash.startsWith("$")) {
            throw new InvalidKeySpecException("a hash must begin with a dollar sign");
        }
        Password stored = ModularCrypt.decode(sameBcrypt(hash));
        var factory =
                PasswordFactory.getInstance(
                        stored.getAlgorithm(), WildFlyElytronPasswordProvider.getInstance());
        return factory.verify(factory.translate(stored), passcode);
    }

    /// `$2b$`, and `$2y$` before it, are what `$2a$` is where no mistake is made.
    private static String sameBcrypt(String hash) {
        return hash.startsWith("$2b$") || hash.startsWith("$2y$")
                ? "$2a$" + hash.substring(4)
                : hash;
    }
}
