package footbridge.bench.codec;

/// One codec at work on the [Sample] frames, used as its own server uses it.
interface Codec {

    /// Decodes the SEND, reads three of its headers and finds its body.
    ///
    /// @return something made of all these, so that nothing of it can be left out
    int decode() throws Exception;

    /// Makes the MESSAGE of headers and body, up to octets that a socket can write.
    ///
    /// @return their number
    int encode() throws Exception;
}
