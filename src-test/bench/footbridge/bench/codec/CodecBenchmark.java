package footbridge.bench.codec;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Time and allocation for one frame.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class CodecBenchmark {

    @Param({"64", "1024", "65536"})
    public int size;

    @Param({"footbridge", "netty", "vertx", "spring"})
    public String codec;

    private Codec used;

    @Setup
    public void open() throws Exception {
        Sample sample = new Sample(size);
        used =
                switch (codec) {
                    case "footbridge" -> new FootbridgeCodec(sample);
                    case "netty" -> new NettyCodec(sample);
                    case "vertx" -> new VertxCodec(sample);
                    case "spring" -> new SpringCodec(sample);
                    default -> throw new IllegalArgumentException(codec);
                };
        if (used.decode() <= size || used.encode() <= size) {
            throw new IllegalStateException(codec + " does not do its work");
        }
    }

    @Benchmark
    public int decode() throws Exception {
        return used.decode();
    }

    @Benchmark
    public int encode() throws Exception {
        return used.encode();
    }
}
