/** What an analyzer is started with. */
package io.antichain.analyzer.settings;
