package com.diozero.util;

/**
 * Stands in for diozero's class of this name, which would ask what board this is, start its own log and load the native library
 * a second time. {@code NativeLibrary} of this bundle has loaded it before any class of diozero is used (ADR 0018).
 */
public final class LibraryLoader {

    private LibraryLoader() {}

    /** Called by diozero's {@code GpioChip}: there is nothing left to do. */
    public static void loadSystemUtils() {}
}
