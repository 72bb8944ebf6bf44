package footbridge.floorplan.breach.app;

import footbridge.floorplan.breach.mapping.Rules;
import io.vertx.core.Vertx;
import org.apache.kafka.clients.producer.Producer;

/// Goes around the room that owns a library; its other two imports are allowed.
public interface Shortcut {
    Producer<String, Rules> producer(Vertx vertx);
}
