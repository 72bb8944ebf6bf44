package footbridge.connection;

import footbridge.backend.Delivery;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The messages that wait in one [Lane]. Guarded by the lock of its [Mailbox].
interface WaitingMessages {

    /// @return the older message whose place it took; null if there was none
    @Nullable Delivery add(Delivery delivery);

    /// Whether a message would take the place of an older one.
    boolean replaces(Delivery delivery);

    @Nullable Delivery poll();

    int size();

    default boolean isEmpty() {
        return size() == 0;
    }

    static WaitingMessages inOrder() {
        return new InOrder();
    }

    static WaitingMessages conflated() {
        return new Conflated();
    }

    /// Each for itself.
    final class InOrder implements WaitingMessages {

        private final Queue<Delivery> waiting = new ArrayDeque<>(1);

        @Override
        public @Nullable Delivery add(Delivery delivery) {
            waiting.add(delivery);
            return null;
        }

        @Override
        public boolean replaces(Delivery delivery) {
            return false;
        }

        @Override
        public @Nullable Delivery poll() {
            return waiting.poll();
        }

        @Override
        public int size() {
            return waiting.size();
        }
    }

    /// One for each key: a newer one takes the place of the older, so that a key which changes all
    /// the time gets its turn like the others. Those without a key are each for itself.
    final class Conflated implements WaitingMessages {

        private final Map<Object, Delivery> waiting = new LinkedHashMap<>();

        @Override
        public @Nullable Delivery add(Delivery delivery) {
            Object key = delivery.key().orElseGet(Object::new);
            Delivery older = waiting.get(key);
            waiting.put(key, older == null ? delivery : delivery.insteadOf(older));
            return older;
        }

        @Override
        public boolean replaces(Delivery delivery) {
            return delivery.key().filter(waiting::containsKey).isPresent();
        }

        @Override
        public @Nullable Delivery poll() {
            var first = waiting.entrySet().iterator();
            if (!first.hasNext()) {
                return null;
            }
            Delivery delivery = first.next().getValue();
            first.remove();
            return delivery;
        }

        @Override
        public int size() {
            return waiting.size();
        }
    }
}
