package footbridge.portable.provider;

/// The operator's settings name no usable provider. The message is for the operator.
public final class InvalidProvider extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidProvider(String key, String what) {
        super(what);
        this.key = key;
    }

    InvalidProvider(String key, String what, Throwable cause) {
        super(what, cause);
        this.key = key;
    }

    /// The last part of the setting's key.
    public String key() {
        return key;
    }
}
