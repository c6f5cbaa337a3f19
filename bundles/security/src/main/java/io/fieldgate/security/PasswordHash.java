package io.fieldgate.security;

/** Hashes passwords, slowly. */
interface PasswordHash {

    /** A hash with a salt of its own. */
    String hash(String password);

    /** Compares a password with a hash, as the hash says how. */
    boolean matches(String password, String hash);

    /** A hash that costs what a new one does, and which no password has. */
    String nobodys();

    /** Tells whether a hash costs more or less than a new one would. */
    boolean isOld(String hash);
}
