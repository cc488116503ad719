/** The analyzer over HTTP: health, metrics and their description. */
package io.antichain.analyzer.http;
