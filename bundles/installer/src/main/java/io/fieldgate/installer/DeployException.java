package io.fieldgate.installer;

/** A file of {@code deploy/} cannot be used; the message is the reason, one line for a person. */
final class DeployException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private DeployException(String reason, boolean lasting, Throwable cause) {
        super(reason, cause);
        this.lasting = lasting;
    }

    /** The file is to blame: it is tried again only when it changes. */
    static DeployException lasting(String reason, Throwable cause) {
        return new DeployException(reason, true, cause);
    }

    /** The surroundings are to blame: it is worth another try when something else has changed. */
    static DeployException passing(String reason) {
        return new DeployException(reason, false, null);
    }

    /** Tells whether only a change of the file can help. */
    boolean lasting() {
        return lasting;
    }

    /** The reason at the bottom of a failure: the text that the innermost cause gives, or its class. */
    static String reasonOf(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage();
        String name = innermost.getClass().getSimpleName();
        return text == null ? name : name + ": " + text.lines().findFirst().orElse("");
    }
}
