package io.fieldgate.handler.dashboard;

import jakarta.servlet.Servlet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The files that the page asks for, each by its name: nothing else of the bundle can be had. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/dashboard/*")
public final class FilesServlet extends PageServlet {

    private static final long serialVersionUID = 1L;

    private static final String FOLDER = "dashboard";

    @Activate
    public FilesServlet() {
        super(
                name -> name.substring(FOLDER.length()),
                "dashboard/app.js",
                "dashboard/card.js",
                "dashboard/chart.js",
                "dashboard/control.js",
                "dashboard/format.js",
                "dashboard/history.js",
                "dashboard/icon.svg",
                "dashboard/live.js",
                "dashboard/style.css",
                "dashboard/uplot/LICENSE",
                "dashboard/uplot/uPlot.iife.min.js",
                "dashboard/uplot/uPlot.min.css");
    }
}
