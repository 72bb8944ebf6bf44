/// Tests of the whole: the packaged gateway and real brokers, each a process of its own, and
/// clients over real sockets.
package footbridge.system;
