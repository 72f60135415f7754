"""What `hallazgos aviso` tells: new findings and troubled sources, by the channels of the configuration."""
