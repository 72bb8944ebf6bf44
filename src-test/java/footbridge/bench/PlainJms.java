package footbridge.bench;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/// How long a message takes from a plain JMS client to another over the same broker, at a pace:
/// what the gateway's hop is added to.
final class PlainJms {

    private static final int SIZE = 256;

    /// Exists at the broker once a client of the gateway has subscribed to it.
    static final String QUEUE = "bench.plain";

    private static final String SENT = "sent";

    private final Latencies latencies = new Latencies();
    private final AtomicReference<String> failure = new AtomicReference<>("");

    /// @param url the broker's
    static Measurement measure(String url, int perSecond, Timing timing) throws IOException {
        return new PlainJms().run(url, perSecond, timing);
    }

    private Measurement run(String url, int perSecond, Timing timing) throws IOException {
        ConnectionFactory factory = new ActiveMQConnectionFactory(url);
        try (JMSContext receiving = factory.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
                JMSContext sending = factory.createContext()) {
            Queue queue = receiving.createQueue(QUEUE);
            receiving.createConsumer(queue).setMessageListener(this::received);
            JMSProducer producer =
                    sending.createProducer()
                            .setDeliveryMode(DeliveryMode.PERSISTENT)
                            .setAsync(new Confirmations());
            send(sending, producer, queue, perSecond, timing);
        }
        if (!failure.get().isEmpty()) {
            throw new IOException(failure.get());
        }
        synchronized (latencies) {
            return new Measurement(
                    perSecond, Double.NaN, latencies.percentile(50), latencies.percentile(99), "");
        }
    }

    private void send(
            JMSContext context, JMSProducer producer, Queue queue, int perSecond, Timing timing) {
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        long counted = start + timing.warm().toNanos();
        long end = counted + timing.counted().toNanos();
        boolean warm = true;
        for (long next = start; next < end; next += pause) {
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            if (warm && next > counted) {
                warm = false;
                synchronized (latencies) {
                    latencies.clear();
                }
            }
            try {
                BytesMessage message = context.createBytesMessage();
                message.writeBytes(new byte[SIZE]);
                message.setLongProperty(SENT, System.nanoTime());
                producer.send(queue, message);
            } catch (JMSException e) {
                failure.set(e.toString());
                return;
            }
        }
    }

    private void received(Message message) {
        try {
            long nanos = System.nanoTime() - message.getLongProperty(SENT);
            message.acknowledge();
            synchronized (latencies) {
                latencies.add(nanos);
            }
        } catch (JMSException e) {
            failure.set(e.toString());
        }
    }

    private final class Confirmations implements CompletionListener {
        @Override
        public void onCompletion(Message message) {}

        @Override
        public void onException(Message message, Exception why) {
            failure.set(why.toString());
        }
    }
}
