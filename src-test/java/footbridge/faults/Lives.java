package footbridge.faults;

import footbridge.testbed.GatewayProcess;

/// A gateway that is killed and started again, elsewhere each time.
final class Lives implements AutoCloseable {

    private final GatewayProcess.Recipe recipe;
    private volatile GatewayProcess now;

    Lives(GatewayProcess.Recipe recipe) {
        this.recipe = recipe;
        this.now = recipe.start();
    }

    int httpPort() {
        return now.httpPort();
    }

    /// Kills the gateway and returns when the next one is ready.
    void next() {
        now.kill();
        now = recipe.start();
    }

    @Override
    public void close() {
        now.close();
    }
}
