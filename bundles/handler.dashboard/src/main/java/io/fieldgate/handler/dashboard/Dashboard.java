package io.fieldgate.handler.dashboard;

import io.fieldgate.api.handler.ServedFiles;
import org.osgi.service.component.annotations.Component;

/** Says that this bundle carries the page. The page needs nothing from elsewhere and runs nothing but its own files. */
@Component(service = Dashboard.class)
@ServedFiles(
        path = "/",
        folder = "page",
        headers = {
            "Content-Security-Policy: default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
            "Referrer-Policy: no-referrer"
        })
public final class Dashboard {}
