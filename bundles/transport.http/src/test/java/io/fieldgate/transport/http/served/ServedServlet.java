package io.fieldgate.transport.http.served;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says whom it takes the user for, or fails. */
public final class ServedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo().equals("/fails")) {
            throw new IllegalStateException("a secret of the servlet");
        }
        String text = request.getUserPrincipal() + " viewer=" + request.isUserInRole("viewer") + " operator="
                + request.isUserInRole("operator");
        response.setContentLength(text.length());
        response.getOutputStream().print(text);
    }

    /** Reads the body, however long that takes, and says how much it was. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = request.getInputStream().readAllBytes().length + " bytes";
        response.setContentLength(text.length());
        response.getOutputStream().print(text);
    }
}
