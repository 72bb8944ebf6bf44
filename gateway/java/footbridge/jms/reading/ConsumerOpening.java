package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.Selection.Durable;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.jms.link.Closing;
import footbridge.jms.link.CoreSlot;
import footbridge.jms.link.Directory;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQQueueMaxConsumerLimitReached;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;

/// How the consumer of one client's subscription is opened, on the core session that the client has
/// for its consumers.
public sealed interface ConsumerOpening extends Reader.Opening {

    /// For the thread and the log.
    String name();

    /// Whether closing the core session leaves something at the broker.
    boolean leavesQueue();

    /// Whether what is read is gone for good with the link.
    default boolean diesWithLink() {
        return false;
    }

    /// Whether the messages come from more than one topic.
    default boolean readsMany() {
        return false;
    }

    /// Deletes what the broker keeps when the subscription has ended. Blocks for a round trip or
    /// two.
    default void forget(LiveLink live) throws BackendFailure {}

    /// On a queue that all its consumers share.
    record OnQueue(JmsQueue target, Filter filter, Directory directory, CoreSlot slot)
            implements ConsumerOpening {

        @Override
        public String name() {
            return target.queue();
        }

        @Override
        public boolean leavesQueue() {
            return false;
        }

        @Override
        public Reader.Place open(LiveLink live) throws ActiveMQException, BackendFailure {
            directory.queue(live, target);
            var queue = SimpleString.of(target.queue());
            ClientConsumer consumer = slot.on(live).createConsumer(queue, filter.text());
            return new Reader.Place(live, queue, consumer, consumer::close);
        }
    }

    /// On a queue where the client waits for answers.
    ///
    /// @param life the one life of the link that the queue has
    record OnTemporaryQueue(LiveLink life, SimpleString queue, CoreSlot slot)
            implements ConsumerOpening {

        @Override
        public String name() {
            return queue.toString();
        }

        /// Its owner deletes it, not the subscription.
        @Override
        public boolean leavesQueue() {
            return false;
        }

        @Override
        public boolean diesWithLink() {
            return true;
        }

        @Override
        public Reader.Place open(LiveLink live) throws ActiveMQException, BackendFailure {
            if (live != life) {
                throw Failures.answersLost();
            }
            ClientConsumer consumer = slot.on(live).createConsumer(queue);
            return new Reader.Place(live, queue, consumer, consumer::close);
        }
    }

    /// On the queue of a durable subscription, which is there before and after the consumer.
    record OnDurable(
            JmsTopic target, Durable durable, Filter filter, Directory directory, CoreSlot slot)
            implements ConsumerOpening {

        @Override
        public String name() {
            return target.topic() + " " + durable.name();
        }

        @Override
        public boolean readsMany() {
            return target.isPattern();
        }

        @Override
        public boolean leavesQueue() {
            return false;
        }

        @Override
        public Reader.Place open(LiveLink live) throws ActiveMQException, BackendFailure {
            directory.topic(live, target);
            DurableQueue queue = DurableQueue.of(durable);
            live.ask(control -> {
                queue.prepare(control, target.topic(), filter);
                return queue;
            });
            try {
                ClientConsumer consumer = slot.on(live).createConsumer(queue.name());
                return new Reader.Place(live, queue.name(), consumer, consumer::close);
            } catch (ActiveMQQueueMaxConsumerLimitReached _) {
                throw Failures.durableInUse();
            }
        }

        @Override
        public void forget(LiveLink live) throws BackendFailure {
            DurableQueue.of(durable).forget(live);
        }
    }

    /// On a queue of the subscription's own that gets every message of a topic, so that its client
    /// can settle each. The queue is asked for on the control session: the reader opens the
    /// consumer again after an outage, while the client's own thread may be using its core session.
    record OnTopic(JmsTopic target, Filter filter, Directory directory, CoreSlot slot)
            implements ConsumerOpening {

        @Override
        public String name() {
            return target.topic();
        }

        @Override
        public boolean readsMany() {
            return target.isPattern();
        }

        @Override
        public boolean leavesQueue() {
            return true;
        }

        @Override
        public Reader.Place open(LiveLink live) throws ActiveMQException, BackendFailure {
            directory.topic(live, target);
            SimpleString queue =
                    live.ask(control -> TemporaryQueue.create(control, target.topic(), filter));
            try {
                ClientConsumer consumer = slot.on(live).createConsumer(queue);
                return new Reader.Place(live, queue, consumer, () -> close(live, queue, consumer));
            } catch (ActiveMQException e) {
                Closing.aside(() -> delete(live, queue));
                throw e;
            }
        }

        private static void close(LiveLink live, SimpleString queue, ClientConsumer consumer)
                throws ActiveMQException {
            consumer.close();
            delete(live, queue);
        }

        private static void delete(LiveLink live, SimpleString queue) throws ActiveMQException {
            live.tell(control -> control.deleteQueue(queue));
        }
    }
}
