package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.jms.link.CoreSlot;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.transaction.impl.XidImpl;
import org.apache.activemq.artemis.utils.UUIDGenerator;

/// The transactions of one client, on the core session of its consumers, one at a time.
///
/// A transaction of its own (an xid) for each step, because a rollback of the core session itself
/// would give back all that its consumers hold (A2, A3). For the same reason an xid is rolled back
/// on another core session, one without consumers. Each xid is resolved here: the broker would keep
/// one that was ended, with the messages in it, until its own timeout.
///
/// Confined to the connection's thread.
final class CoreTransactions {

    private static final Logger LOG = System.getLogger(CoreTransactions.class.getName());

    private static final int FORMAT = 0x46_42_58_41; // "FBXA"
    private static final byte[] ONE_BRANCH = {1};

    private final CoreSlot worker;
    private final CoreSlot resolver = new CoreSlot(LiveLink::openResolving);

    CoreTransactions(CoreSlot worker) {
        this.worker = worker;
    }

    /// Opens what transactions need, and returns the core session on which their work is done, to
    /// make messages for it. Blocks for a few round trips when it is the first time on `live`.
    ClientSession prepare(LiveLink live) throws BackendFailure {
        return open(live).worker();
    }

    /// Does all of `work`, or nothing. Returns when the broker's journal has it.
    ///
    /// @throws BackendFailure of kind OUTCOME_UNKNOWN if the link was lost after the broker was
    ///   told to commit; of any other kind if nothing was done
    void commit(LiveLink live, Work work) throws BackendFailure {
        Open open = open(live);
        open.carryOut(work);
        open.commit();
    }

    /// Has the broker do all of `work` and take it back, so that the messages acknowledged in it
    /// count as failed attempts.
    ///
    /// @throws BackendFailure if that is not certain
    void rollBack(LiveLink live, Work work) throws BackendFailure {
        Open open = open(live);
        open.carryOut(work);
        open.rollBack();
    }

    /// Blocks for a round trip, or a bounded time.
    void close() {
        resolver.close();
    }

    private Open open(LiveLink live) throws BackendFailure {
        try {
            return new Open(live, worker.on(live), resolver.on(live), newXid());
        } catch (ActiveMQException e) {
            throw Failures.nothingDone(Failures.ofCall(live, e));
        }
    }

    private static Xid newXid() {
        String id = UUIDGenerator.getInstance().generateStringUUID();
        return new XidImpl(ONE_BRANCH, FORMAT, id.getBytes(StandardCharsets.US_ASCII));
    }

    /// Sends and acknowledgements.
    interface Work {
        void on(ClientSession session) throws ActiveMQException;
    }

    /// One transaction, from its start to its end.
    private record Open(LiveLink live, ClientSession worker, ClientSession resolver, Xid xid) {

        /// Leaves nothing behind when it throws.
        void carryOut(Work work) throws BackendFailure {
            try {
                worker.start(xid, XAResource.TMNOFLAGS);
                work.on(worker);
                worker.end(xid, XAResource.TMSUCCESS);
            } catch (XAException | ActiveMQException | RuntimeException e) {
                endAfterFailure();
                undo();
                throw notDone(e);
            }
        }

        void commit() throws BackendFailure {
            try {
                worker.commit(xid, true);
            } catch (XAException e) {
                if (!undo() && unanswered(reason(e))) {
                    restoreInterrupt(e);
                    throw Failures.outcomeOfTransactionUnknown(e);
                }
                throw notDone(e);
            }
        }

        private static void restoreInterrupt(XAException e) {
            if (reason(e) instanceof ActiveMQInterruptedException) {
                Thread.currentThread().interrupt();
            }
        }

        void rollBack() throws BackendFailure {
            try {
                resolver.rollback(xid);
            } catch (XAException e) {
                if (reason(e) instanceof ActiveMQInterruptedException interrupted) {
                    throw interrupted;
                }
                throw unanswered(reason(e))
                        ? Failures.heldMessagesLost()
                        : Failures.ofCall(live, reason(e));
            }
        }

        private boolean unanswered(Exception reason) {
            return live.lost()
                    || Failures.linkLost(reason)
                    || reason instanceof ActiveMQInterruptedException;
        }

        private BackendFailure notDone(Exception why) {
            Exception reason = reason(why);
            if (reason instanceof RuntimeException interruptOrOurs) {
                throw interruptOrOurs;
            }
            return Failures.nothingDone(Failures.ofCall(live, reason));
        }

        /// The client library hides what the broker said behind the code XAER_RMFAIL.
        private static Exception reason(Exception why) {
            return why instanceof XAException && why.getCause() instanceof Exception cause
                    ? cause
                    : why;
        }

        /// The core session must leave the transaction before that can be rolled back.
        private void endAfterFailure() {
            if (live.lost()) {
                return;
            }
            try {
                worker.end(xid, XAResource.TMFAIL);
            } catch (XAException e) {
                LOG.log(Level.DEBUG, "transaction was not open code={0}", e.errorCode);
            }
        }

        /// Rolls back, and returns whether that was needed and done.
        private boolean undo() {
            if (live.lost()) {
                return false; // the broker does it when the socket breaks
            }
            try {
                resolver.rollback(xid);
                return true;
            } catch (XAException e) {
                Level level = e.errorCode == XAException.XAER_NOTA ? Level.DEBUG : Level.WARNING;
                LOG.log(level, "transaction not rolled back code={0}", e.errorCode);
                return false;
            }
        }
    }
}
