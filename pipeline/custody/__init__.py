"""Evidence that holds outside the house: the chained log read and checked, the whole store verified, a finding's dossier."""
