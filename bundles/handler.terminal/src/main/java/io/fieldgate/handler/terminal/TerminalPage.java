package io.fieldgate.handler.terminal;

import io.fieldgate.api.handler.ServedFiles;
import org.osgi.service.component.annotations.Component;

/** Says that this bundle carries the page at {@code /terminal/}. */
@Component(service = TerminalPage.class)
@ServedFiles(
        path = "/terminal",
        folder = "page",
        headers = {
            "Content-Security-Policy: default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
            "Referrer-Policy: no-referrer"
        })
public final class TerminalPage {}
