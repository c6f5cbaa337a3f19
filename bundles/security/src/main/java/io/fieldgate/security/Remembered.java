package io.fieldgate.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a script that sends one with each request does not pay for the slow hash
 * each time. What is kept is a hash with a key that never leaves the memory. It holds for one address: nobody else can try
 * passwords against it.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Remembered {

    private static final int PLACES = 64;
    private static final long NANOS = TimeUnit.MINUTES.toNanos(5);

    private final LongSupplier nanoTime;
    private final SecretKeySpec key = new SecretKeySpec(Secrets.bytes(32), "HmacSHA256");

    // Guarded by this; in the order of use.
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(String stamp, long until) {}

    Remembered(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void put(Account user, String password, String address) {
        String mac = mac(user.name(), password, address);
        synchronized (this) {
            entries.put(mac, new Entry(user.stamp(), nanoTime.getAsLong() + NANOS));
            if (entries.size() > PLACES) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
    }

    /** Tells whether this was right within the last minutes, and nothing of the user has changed since. */
    boolean has(Account user, String password, String address) {
        String mac = mac(user.name(), password, address);
        synchronized (this) {
            Entry entry = entries.get(mac);
            if (entry == null) {
                return false;
            }
            if (nanoTime.getAsLong() - entry.until >= 0 || !entry.stamp.equals(user.stamp())) {
                entries.remove(mac);
                return false;
            }
            return true;
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private String mac(String name, String password, String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (String part : new String[] {name, address, password}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((byte) (bytes.length >> 8));
                mac.update((byte) bytes.length);
                mac.update(bytes);
            }
            return Secrets.text(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
