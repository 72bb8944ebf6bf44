package footbridge.connection;

import footbridge.connection.report.Refused;
import footbridge.connection.report.RuleObserver;

/// Hears what happens to connections. Called on many threads; must return at once.
public interface ConnectionObserver {

    /// A client's socket is open.
    void opened(Arrival arrival);

    /// A connection has ended.
    ///
    /// @param reason `disconnect`, `gone` or the code of the ERROR frame that ended it
    void closed(Arrival arrival, String reason);

    /// A client is told why its connection ends.
    void refused(Refused refused);

    /// Who hears of the messages of a rule. Connections ask once and keep the answer for as long as
    /// they meet that rule.
    ///
    /// @param rule its id, which no client has a say in
    RuleObserver rule(String rule);
}
