package io.antichain.cli.command;

import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Path;

/** The user's web browser. */
final class WebBrowser {
    private WebBrowser() {}

    /** Shows a file in it; false where there is none, as on a machine without a display. */
    static boolean open(Path file) {
        try {
            if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                return false;
            }
            Desktop.getDesktop().browse(file.toUri());
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
