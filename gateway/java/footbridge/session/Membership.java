package footbridge.session;

import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.access.Way;
import footbridge.backend.Account;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who the client of a session is and until when, and what it takes to stay longer.
///
/// @param until when the session ends unless it is renewed
/// @param byToken whether a token proved it, so that another one can
record Membership(Identity identity, Optional<Instant> until, boolean byToken) {

    /// Before CONNECT.
    static final Membership NONE = new Membership(Identity.ANONYMOUS, Optional.empty(), false);

    /// Claims that say whom a token is about (RFC 7519); of a renewed one they must be the same.
    private static final List<String> SUBJECT = List.of("iss", "sub");

    static Membership of(Proven proven, Optional<Credentials> by) {
        return new Membership(proven.identity(), proven.until(), Way.of(by) == Way.TOKEN);
    }

    /// The token that a frame brings to renew the session.
    ///
    /// @throws Refusal if it brings none, or the session was not opened with one
    Optional<Credentials> renewal(String authorization) throws Refusal {
        if (!byToken) {
            throw new Refusal(
                    ErrorCode.RENEWAL_REFUSED,
                    "Only a session that was opened with a token can be renewed with one.");
        }
        return Optional.of(Authorization.token(authorization, ErrorCode.RENEWAL_REFUSED));
    }

    /// @throws Refusal if the new token is about somebody else
    Membership renewed(Proven proven) throws Refusal {
        if (!sameSubject(proven.identity())) {
            throw new Refusal(
                    ErrorCode.RENEWAL_REFUSED,
                    "The token is about another client than the one that opened this session.");
        }
        return new Membership(proven.identity(), proven.until(), true);
    }

    /// The client's own account at brokers that know it, too.
    ///
    /// @param brought what proved who the client is
    Optional<Account> account(Optional<Credentials> brought) {
        return switch (brought.orElse(null)) {
            case Credentials.Passcode(var login, var passcode) when !passcode.isEmpty() ->
                    Optional.of(new Account(login, passcode));
            case Credentials.Token(var token) when !identity.anonymous() ->
                    Optional.of(new Account(identity.name(), token));
            case null, default -> Optional.empty();
        };
    }

    /// What the client is told when the time has come.
    Refusal expired() {
        return byToken
                ? new Refusal(
                        ErrorCode.TOKEN_EXPIRED,
                        "The token of this session has expired. Connect with a new one, or renew it in time with the header authorization on any frame.")
                : new Refusal(
                        ErrorCode.CERTIFICATE_EXPIRED,
                        "The certificate of this client has expired. Connect with a new one.");
    }

    /// A token that would not have let the client in does not keep it in.
    static Refusal notRenewed(ErrorCode login, String why) {
        return new Refusal(
                login == ErrorCode.LOGIN_REFUSED ? ErrorCode.RENEWAL_REFUSED : login, why);
    }

    /// What is to be done so that the session ends in time.
    List<SessionAction> expiry() {
        return until.<List<SessionAction>>map(at -> List.of(new SessionAction.ExpireAt(at)))
                .orElse(List.of());
    }

    private boolean sameSubject(Identity other) {
        return identity.name().equals(other.name())
                && SUBJECT.stream()
                        .allMatch(claim -> claim(identity, claim).equals(claim(other, claim)));
    }

    private static Optional<String> claim(Identity who, String name) {
        return Optional.ofNullable(who.claims().get(name));
    }
}
