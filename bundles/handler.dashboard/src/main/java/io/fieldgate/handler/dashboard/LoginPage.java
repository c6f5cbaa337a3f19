package io.fieldgate.handler.dashboard;

import io.fieldgate.api.handler.ServedFiles;
import org.osgi.service.component.annotations.Component;

/**
 * Says that this bundle carries the login page, at a path of its own: a page of someone else's at {@code /} does not take its
 * place. No other page may frame it. Its referrer stays, for without one a browser says {@code Origin: null} of a form (Fetch,
 * 3.1), which the gateway refuses.
 */
@Component(service = LoginPage.class)
@ServedFiles(
        path = "/login",
        folder = "page/login",
        headers = {
            "Content-Security-Policy: default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "Referrer-Policy: same-origin"
        })
public final class LoginPage {}
