package footbridge.transport;

import java.net.InetAddress;

/// IP addresses that begin with the same bits.
record AddressRange(InetAddress first, int bits) {

    /// @param text an address, or one with the number of bits that count, such as `10.0.0.0/8`
    /// @throws IllegalArgumentException if it is neither
    static AddressRange of(String text) {
        int slash = text.indexOf('/');
        InetAddress first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int most = first.getAddress().length * Byte.SIZE;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("not a range of addresses: " + text);
        }
        return new AddressRange(first, bits);
    }

    /// @param address what is no IP address is in no range
    boolean contains(String address) {
        byte[] other;
        try {
            other = InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
        byte[] own = first.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % Byte.SIZE);
            if (((own[i / Byte.SIZE] ^ other[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
