package footbridge.faults;

/// One transmission of a message, which is also its body. A message that got no receipt is sent
/// again on the next connection, as another copy of the same `number`.
///
/// @param sender who sends it
/// @param connection which of the sender's connections carried it, from 1
/// @param number the message, counted by its sender from 0
record Copy(int sender, int connection, int number) {

    static Copy parse(String body) {
        String[] parts = body.split(":", -1);
        return new Copy(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    String body() {
        return sender + ":" + connection + ":" + number;
    }
}
