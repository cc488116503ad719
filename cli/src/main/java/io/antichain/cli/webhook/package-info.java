/** Tells another program over HTTP of what was found. */
package io.antichain.cli.webhook;
