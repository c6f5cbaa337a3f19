package io.fieldgate.installer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client says that the digests of a body are: the field {@code Content-Digest} (RFC 9530, 2), a dictionary of byte sequences (RFC 9651,
 * 3.2). Algorithms but SHA-256 and SHA-512 are ignored. Parameters, of which none are defined, are refused like anything else that does
 * not belong there: who sends a digest wants it to be looked at.
 *
 * <p><b>Threading.</b> Used by one thread at a time.
 */
final class ContentDigest {

    /** The algorithms that are understood, as {@code Want-Content-Digest} has them. */
    static final String WANTED = "sha-256=10, sha-512=9";

    private static final Map<String, String> ALGORITHMS = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private static final Pattern MEMBER =
            Pattern.compile("([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):(?:[ \t]*(?:,[ \t]*(?!$)|$))");

    private final Map<String, Expected> expected = new LinkedHashMap<>();

    /**
     * A digest that is being made.
     *
     * @param base64 what it is to be
     */
    private record Expected(MessageDigest digest, String base64) {}

    private ContentDigest() {}

    /**
     * Reads the field.
     *
     * @param lines its lines, which count as one (RFC 9110, 5.3); none is fine
     * @throws HttpProblem if it is not what it should be
     */
    static ContentDigest of(Enumeration<String> lines) throws HttpProblem {
        ContentDigest read = new ContentDigest();
        String field = String.join(", ", Collections.list(lines)).strip();
        Matcher member = MEMBER.matcher(field);
        int end = 0;
        while (end < field.length()) {
            if (!member.region(end, field.length()).lookingAt()) {
                throw malformed("is like sha-256=:BASE64:");
            }
            read.expect(member.group(1), member.group(2));
            end = member.end();
        }
        return read;
    }

    /** Of two members with one name the last counts (RFC 9651, 3.2). */
    private void expect(String name, String base64) throws HttpProblem {
        String algorithm = ALGORITHMS.get(name);
        if (algorithm == null) {
            return;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] value = Base64.getDecoder().decode(base64);
            if (value.length != digest.getDigestLength()) {
                throw malformed("has " + digest.getDigestLength() + " bytes for " + name + ", not " + value.length);
            }
            expected.put(name, new Expected(digest, Base64.getEncoder().encodeToString(value)));
        } catch (IllegalArgumentException e) {
            throw malformed("has no base64 for " + name);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has " + algorithm, e);
        }
    }

    private static HttpProblem malformed(String detail) {
        return HttpProblem.digest("the header Content-Digest " + detail);
    }

    /** Takes what has come. */
    void update(byte[] bytes, int from, int count) {
        for (Expected each : expected.values()) {
            each.digest().update(bytes, from, count);
        }
    }

    /**
     * Compares, when all has come. To be called once.
     *
     * @throws HttpProblem if it is not what was sent
     */
    void check() throws HttpProblem {
        for (Map.Entry<String, Expected> each : expected.entrySet()) {
            String base64 =
                    Base64.getEncoder().encodeToString(each.getValue().digest().digest());
            if (!base64.equals(each.getValue().base64())) {
                throw HttpProblem.digest("the body was damaged on its way: its " + each.getKey() + " is " + base64
                        + ", the header Content-Digest says otherwise");
            }
        }
    }
}
